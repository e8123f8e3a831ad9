import { useEffect, useRef, useState } from 'preact/hooks';
import { type Carried, canDrop, pathsIn } from '../dropped.ts';

/** What becomes of what is dropped. */
export interface DropTarget {
  files(paths: readonly string[], text: string): void;
  text(text: string): void;
}

/**
 * Takes what is dropped anywhere on the page. VS Code lets a view have it only while Shift is held.
 * @returns whether something that can be dropped is above the page
 */
export function useDrops(target: DropTarget): boolean {
  const [isOver, setIsOver] = useState(false);
  const current = useRef(target);
  current.current = target;

  useEffect(() => {
    const carriedBy = ({ dataTransfer }: DragEvent): Carried | undefined =>
      dataTransfer && canDrop(dataTransfer) ? dataTransfer : undefined;
    /** The input takes plain text by itself, where the mouse is. */
    const isInputs = (event: DragEvent): boolean =>
      event.target instanceof HTMLTextAreaElement &&
      !event.dataTransfer?.types.some((type) => type.endsWith('uri-list'));

    const over = (event: DragEvent) => {
      if (!carriedBy(event)) return;
      setIsOver(true);
      if (isInputs(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      const carried = carriedBy(event);
      if (!carried) return;
      const paths = pathsIn(carried);
      if (paths.length === 0 && isInputs(event)) return;
      event.preventDefault();
      const text = carried.getData('text/plain');
      if (paths.length > 0) current.current.files(paths, text);
      else if (text !== '') current.current.text(text);
    };
    window.addEventListener('dragenter', over);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', over);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}
