// Reads the part of the FlatBuffers schema language that media worker schemas use: tables, enumerations and unions.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** All declarations of a folder's schema files, by full name. */
export function parseFolder(folder) {
  const schema = { tables: new Map(), enums: new Map(), unions: new Map() };
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.fbs')).sort()) {
    parseText(readFileSync(join(folder, name), 'utf8'), schema);
  }

  return schema;
}

function parseText(source, schema) {
  const text = source.replace(/\/\/.*/g, '');
  const namespace = /namespace\s+([\w.]+)\s*;/.exec(text)[1];
  for (const [, name, body] of text.matchAll(/\btable\s+(\w+)\s*\{([^}]*)\}/g)) {
    schema.tables.set(`${namespace}.${name}`, { namespace, fields: items(body, ';').map(field) });
  }

  for (const [, name, type, body] of text.matchAll(/\benum\s+(\w+)\s*:\s*(\w+)\s*\{([^}]*)\}/g)) {
    schema.enums.set(`${namespace}.${name}`, { type, members: members(body) });
  }

  for (const [, name, body] of text.matchAll(/\bunion\s+(\w+)\s*\{([^}]*)\}/g)) {
    schema.unions.set(`${namespace}.${name}`, { namespace, members: items(body, ',').map((item) => item.split(':').pop().trim()) });
  }
}

function items(body, separator) {
  return body.split(separator).map((item) => item.trim()).filter((item) => item !== '');
}

function field(text) {
  const match = /^(\w+)\s*:\s*(\[)?([\w.]+)\]?\s*(?:=\s*(\S+?))?\s*(\(required\))?$/.exec(text);
  if (!match) {
    throw new Error(`not a field: ${text}`);
  }

  const [, name, vector, type, value, required] = match;
  return { name, type, vector: vector !== undefined, default: value, required: required !== undefined };
}

function members(body) {
  let next = 0;
  return items(body, ',').map((item) => {
    const [name, value] = item.split('=').map((part) => part.trim());
    const number = value === undefined ? next : Number(value);
    next = number + 1;
    return { name, value: number };
  });
}

const scalars = { bool: 1, uint8: 1, ubyte: 1, int8: 1, byte: 1, uint16: 2, ushort: 2, int16: 2, short: 2, uint32: 4, uint: 4, int32: 4, int: 4,
  float: 4, float32: 4, uint64: 8, ulong: 8, int64: 8, long: 8, double: 8, float64: 8 };

/** What a type name means inside a namespace: { kind: 'scalar' | 'string' | 'enum' | 'union' | 'table', name, size }. */
export function resolve(schema, namespace, type) {
  if (type === 'string') {
    return { kind: 'string', name: type, size: 4 };
  }

  if (type in scalars) {
    return { kind: 'scalar', name: type.replace(/^ubyte$/, 'uint8').replace(/^float64$/, 'double'), size: scalars[type] };
  }

  for (const name of [`${namespace}.${type}`, type]) {
    if (schema.enums.has(name)) return { kind: 'enum', name, size: scalars[schema.enums.get(name).type] };
    if (schema.unions.has(name)) return { kind: 'union', name, size: 4 };
    if (schema.tables.has(name)) return { kind: 'table', name, size: 4 };
  }

  throw new Error(`unknown type ${type} in ${namespace}`);
}
