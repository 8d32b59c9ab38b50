import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const schema = JSON.parse(readFileSync(new URL("../docs/json-schema.json", import.meta.url), "utf8")) as {
  readonly properties: Readonly<Record<string, object>>;
};
const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  formats: { "date-time": isMoment },
});
ajv.addSchema(schema, "preimage");
const checks = new Map<string, ValidateFunction>();

function isMoment(text: string): boolean {
  return new Date(text).toISOString() === text;
}

/** The commands, and `emitted`, that the schema documents. */
export const documented: readonly string[] = Object.keys(schema.properties);

/** Throws where the document is not what `docs/json-schema.json` says of that command. `args`: as they were typed. */
export function checkDocument([first = "", second = ""]: readonly string[], document: unknown): void {
  const name = documented.includes(`${first} ${second}`) ? `${first} ${second}` : first;
  const check = checks.get(name) ?? ajv.compile({ $ref: `preimage#/properties/${encodeURIComponent(name)}` });
  checks.set(name, check);
  if (check(document)) return;
  const wrong = check.errors?.map(
    ({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
  throw new Error(`\`${name} --format json\` does not fit its schema:\n${wrong?.join("\n")}`);
}
