// Compares our schema with the one that mediasoup ships, as it is laid out on the wire: from the root message down, table by table,
// field by field, enumerations and the order of unions. Names of tables are ours; names of fields and of enumerators must agree.
//
// node compare.mjs <folder of mediasoup's .fbs files> [folder of ours]
// Exits with 1 and a list when there are differences.
import { fileURLToPath } from 'node:url';
import { parseFolder, resolve } from '../../src/Bisque.Channel/Schema/parse.mjs';

const [theirFolder, ourFolder = fileURLToPath(new URL('../../src/Bisque.Channel/Schema', import.meta.url))] = process.argv.slice(2);
if (!theirFolder) {
  console.error('usage: node compare.mjs <folder of mediasoup\'s .fbs files> [folder of ours]');
  process.exit(2);
}

const theirs = parseFolder(theirFolder);
const ours = parseFolder(ourFolder);
const differences = [];
const seen = new Set();
const reached = new Set();

table('Message', 'FBS.Message.Message', 'Bisque.Channel.Wire.Message');

for (const name of [...ours.tables.keys(), ...ours.enums.keys(), ...ours.unions.keys()]) {
  if (!reached.has(name)) {
    differences.push(`${name}: stands in our schema, but no message of theirs leads to it`);
  }
}

if (differences.length > 0) {
  console.error(differences.join('\n'));
  process.exit(1);
}

console.log(`${reached.size} declarations agree`);

function once(their, our) {
  reached.add(our);
  const pair = `${their} ${our}`;
  const first = !seen.has(pair);
  seen.add(pair);
  return first;
}

function table(path, theirName, ourName) {
  if (!once(theirName, ourName)) {
    return;
  }

  const their = theirs.tables.get(theirName);
  const our = ours.tables.get(ourName);
  for (let i = 0; i < Math.max(their.fields.length, our.fields.length); i++) {
    const [a, b] = [their.fields[i], our.fields[i]];
    if (!a || !b) {
      differences.push(`${path}: ${a ? `field ${a.name} of theirs is missing` : `field ${b.name} is not one of theirs`}`);
      continue;
    }

    field(`${path}.${a.name}`, a, their.namespace, b, our.namespace);
  }
}

function field(path, a, theirNamespace, b, ourNamespace) {
  for (const property of ['name', 'vector', 'required']) {
    if (a[property] !== b[property]) {
      differences.push(`${path}: ${property} is ${a[property]} in theirs, ${b[property]} in ours`);
    }
  }

  const [x, y] = [resolve(theirs, theirNamespace, a.type), resolve(ours, ourNamespace, b.type)];
  if (x.kind !== y.kind || x.size !== y.size || (x.kind === 'scalar' && x.name !== y.name)) {
    differences.push(`${path}: ${x.name} in theirs, ${y.name} in ours`);
    return;
  }

  if (defaultValue(theirs, x, a) !== defaultValue(ours, y, b)) {
    differences.push(`${path}: default is ${a.default} in theirs, ${b.default} in ours`);
  }

  const compare = { table, enum: enumeration, union };
  compare[x.kind]?.(path, x.name, y.name);
}

function defaultValue(schema, type, { default: text }) {
  if (text === 'null' || (type.kind !== 'scalar' && type.kind !== 'enum')) {
    return text ?? '';
  }

  if (type.kind === 'enum') {
    return schema.enums.get(type.name).members.find((member) => member.name === text)?.value ?? 0;
  }

  return text === 'true' ? 1 : Number(text === 'false' ? 0 : text ?? 0);
}

function enumeration(path, theirName, ourName) {
  if (!once(theirName, ourName)) {
    return;
  }

  const list = ({ type, members }) => [type, ...members.map((member) => `${member.name}=${member.value}`)].join(' ');
  const [a, b] = [list(theirs.enums.get(theirName)), list(ours.enums.get(ourName))];
  if (a !== b) {
    differences.push(`${path}: enumeration differs\n  theirs: ${a}\n  ours:   ${b}`);
  }
}

function union(path, theirName, ourName) {
  if (!once(theirName, ourName)) {
    return;
  }

  const [their, our] = [theirs.unions.get(theirName), ours.unions.get(ourName)];
  if (their.members.length !== our.members.length) {
    differences.push(`${path}: ${their.members.length} members in theirs, ${our.members.length} in ours`);
  }

  for (let i = 0; i < Math.min(their.members.length, our.members.length); i++) {
    const a = resolve(theirs, their.namespace, their.members[i]);
    const b = resolve(ours, our.namespace, our.members[i]);
    table(`${path}(${i + 1})`, a.name, b.name);
  }
}
