import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type ts from 'typescript';
import type { LanguageCheck } from '../../core/conversation/edits/languageCheck.ts';
import { checkTypescript } from './typescriptCheck.ts';

// One request, one thread: what a check has read is given back with it.
const request = workerData as LanguageCheck;
const library = createRequire(request.library)(request.library) as typeof ts;
parentPort?.postMessage(checkTypescript(library, request));
