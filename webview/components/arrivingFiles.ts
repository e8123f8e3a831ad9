import { createContext } from 'preact';
import type { Arriving } from '../../extension/protocol/chat.ts';

/** Read only by what shows it: it changes with every edit that arrives. */
export const ArrivingFiles = createContext<Arriving | undefined>(undefined);
