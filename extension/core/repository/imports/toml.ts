const header = /^\s*\[\[?\s*([\w.\-"' ]+?)\s*\]\]?\s*(?:#.*)?$/;
const pair = /^\s*([\w.-]+|"[^"]*")\s*=\s*(.*)$/;

/**
 * The values of a TOML text by `section.key`, strings without their quotes and all else as it is written: enough for
 * manifests. Values of several lines and what cannot be read are left out.
 */
export function tomlValues(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const [, name] = header.exec(line) ?? [];
    if (name) {
      section = `${name.replaceAll(/["']/g, '')}.`;
      continue;
    }
    const [, key, value = ''] = pair.exec(line) ?? [];
    if (!key) continue;
    const quoted = /^(?:"([^"]*)"|'([^']*)')/.exec(value);
    values.set(section + key.replaceAll('"', ''), quoted ? (quoted[1] ?? quoted[2] ?? '') : value.trim());
  }
  return values;
}
