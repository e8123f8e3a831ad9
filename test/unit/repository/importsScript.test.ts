import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importsOfScript } from '../../../extension/core/repository/imports/importsOfScript.ts';
import { repositoryPaths } from '../../../extension/core/repository/imports/repositoryPaths.ts';
import { scriptResolver } from '../../../extension/core/repository/imports/resolveScript.ts';

describe('imports of TypeScript and JavaScript', () => {
  it('finds every form, with names, local names and lines', () => {
    const text = `#!/usr/bin/env node
import './polyfill';
import React, { useState as state, type FC } from "react";
import * as path from 'node:path';
import type { Only } from './types';
import {
  one,
  two as second, // why
} from '../numbers';
export * from './all';
export { a as b } from './some';
export * as ns from './space';
const { x, y: z } = require('./old');
const fs = require('fs');
const late = await import('./late');
export const from = 'not an import';
export function fromString(text) { return text; }
`;
    assert.deepEqual(
      importsOfScript(text).map(({ source, names, whole, reExport, line }) =>
        [
          line,
          source,
          names.map(({ name, local }) => (name === local ? name : `${name}>${local}`)).join(),
          whole ?? '',
          reExport ? 'out' : '',
        ]
          .join(' ')
          .trim(),
      ),
      [
        '2 ./polyfill',
        '3 react default>React,useState>state,FC',
        '4 node:path  path',
        '5 ./types Only',
        '6 ../numbers one,two>second',
        '10 ./all   out',
        '11 ./some a>b  out',
        '12 ./space  ns out',
        '13 ./old x,y>z',
        '14 fs  fs',
        '15 ./late  late',
      ],
    );
  });

  // Hours, where a pattern is quadratic.
  it('reads hostile texts to the end', { timeout: 60_000 }, () => {
    for (const piece of ['export\n', 'import {', 'import a,', "from '", 'export * '] as const) {
      const text = piece.repeat(Math.floor(300_000 / piece.length));
      assert.ok(importsOfScript(text).every(({ line }) => line >= 1 && line <= text.length));
    }
  });

  const manifests: Record<string, string> = {
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["app/src/*"], } } } // trailing',
    'web/tsconfig.json':
      '{ "extends": "../tsconfig.json", "compilerOptions": { "paths": { "~/*": ["./web/src/*"] } } }',
    'package.json': '{ "name": "root", "workspaces": ["libs/*"] }',
    'libs/core/package.json':
      '{ "name": "@acme/core", "main": "dist/index.js", "exports": { ".": "./dist/index.js", "./deep/*": "./dist/inner/*.js" }, "imports": { "#util": "./src/util.ts" } }',
    'libs/broken/package.json': '{ "name": ',
  };
  const paths = [
    ...Object.keys(manifests),
    'app/src/start.ts',
    'app/src/view/index.tsx',
    'web/src/page.tsx',
    'libs/core/src/index.ts',
    'libs/core/src/inner/thing.ts',
    'libs/core/src/util.ts',
    'libs/core/src/common/uri.ts',
    'scripts/run.mjs',
    'scripts/helper.cjs',
  ];
  const resolve = scriptResolver(repositoryPaths(paths, (path) => manifests[path]));
  const target = (from: string, source: string) => resolve(from, { source, names: [], line: 1 })[0];

  it('resolves relative paths, endings and folders', () => {
    assert.equal(target('app/src/start.ts', './view'), 'app/src/view/index.tsx');
    assert.equal(target('app/src/start.ts', './view/index.js'), 'app/src/view/index.tsx');
    assert.equal(target('app/src/view/index.tsx', '../start'), 'app/src/start.ts');
    assert.equal(target('scripts/run.mjs', './helper.cjs'), 'scripts/helper.cjs');
    assert.equal(target('app/src/start.ts', '../../../outside'), undefined);
  });

  it('resolves by the nearest tsconfig, what it extends included', () => {
    assert.equal(target('app/src/start.ts', '@app/view'), 'app/src/view/index.tsx');
    assert.equal(target('web/src/page.tsx', '~/page'), 'web/src/page.tsx');
    assert.equal(target('app/src/start.ts', 'app/src/start'), 'app/src/start.ts');
  });

  it("resolves the repository's own packages to their sources", () => {
    assert.equal(target('app/src/start.ts', '@acme/core'), 'libs/core/src/index.ts');
    assert.equal(target('app/src/start.ts', '@acme/core/deep/thing'), 'libs/core/src/inner/thing.ts');
    assert.equal(target('app/src/start.ts', '@acme/core/lib/common/uri'), 'libs/core/src/common/uri.ts');
    assert.equal(target('libs/core/src/index.ts', '@acme/core'), 'libs/core/src/index.ts');
    assert.equal(target('libs/core/src/index.ts', '#util'), 'libs/core/src/util.ts');
    assert.equal(target('app/src/start.ts', 'react'), undefined);
    assert.equal(target('app/src/start.ts', 'node:fs'), undefined);
  });
});
