import type { ChatRecord } from '../../core/conversation/history/chatRecords.ts';

/** Records that wait to be written; what later ones make needless is left out. */
export interface PendingRecords {
  readonly isEmpty: boolean;
  add(record: ChatRecord): void;
  /** Takes all of them out. */
  take(): ChatRecord[];
  /** Puts those back, before the others, that could not be written. */
  giveBack(records: readonly ChatRecord[]): void;
}

/** Creates an empty queue. */
export function createPendingRecords(): PendingRecords {
  let records: ChatRecord[] = [];

  /** A turn replaces what waits of the same turn, in its place: where it stands decides its place in the chat. */
  function addTurn(record: ChatRecord & { type: 'turn' }): void {
    const { id } = record.turn;
    const isOwn = (other: ChatRecord): boolean => other.type === 'append' && other.id === id;
    const branch = records.findLastIndex(({ type }) => type === 'branch');
    const at = records.findLastIndex((other) => other.type === 'turn' && other.turn.id === id);
    const isInPlace = at > branch;
    if (isInPlace) records[at] = record;
    records = records.filter((other, index) => index < branch || !isOwn(other));
    if (!isInPlace) records.push(record);
  }

  function addText(record: ChatRecord & { type: 'append' }): void {
    const last = records.at(-1);
    const goesOn = last?.type === 'append' && last.id === record.id && last.to === record.to;
    if (goesOn) records[records.length - 1] = { ...last, text: last.text + record.text };
    else records.push(record);
  }

  return {
    get isEmpty() {
      return records.length === 0;
    },
    add(record) {
      if (record.type === 'turn') addTurn(record);
      else if (record.type === 'append') addText(record);
      else records.push(record);
    },
    take() {
      return records.splice(0);
    },
    giveBack(earlier) {
      records.unshift(...earlier);
    },
  };
}
