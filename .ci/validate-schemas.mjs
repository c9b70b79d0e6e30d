// Validates the shipped YAML files, and the plans made of them, against schema/*.json with a validator that is not ours.
//
//   npm install --no-save --prefix .ci ajv@8 yaml@2
//   node .ci/validate-schemas.mjs [folder of a build]
//
// Files that are wrong on purpose (examples/写错了, examples/原样) are left out.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const wrongOnPurpose = ["examples/写错了", "examples/原样"];
// The key at the top says what kind of file it is.
const kinds = {
  一件事: "bundle",
  材料目录: "materials",
  机构目录: "agencies",
  数据项目录: "elements",
  共享能力: "capabilities",
  工作区: "manifest",
};

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false, validateFormats: false });
const validators = new Map();
function validator(kind) {
  if (!validators.has(kind)) {
    validators.set(kind, ajv.compile(JSON.parse(readFileSync(join(root, "schema", `${kind}.json`), "utf8"))));
  }
  return validators.get(kind);
}

function* files(folder, ending) {
  let entries = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* files(path, ending);
    } else if (entry.name.endsWith(ending)) {
      yield path;
    }
  }
}

let checked = 0;
let faults = 0;
function check(path, kind, value) {
  const name = relative(root, path);
  checked += 1;
  if (kind === undefined) {
    faults += 1;
    console.log(`${name}: of no known kind`);
    return;
  }
  const validate = validator(kind);
  if (!validate(value)) {
    faults += 1;
    const messages = validate.errors.slice(0, 10).map((error) => `  ${error.instancePath} ${error.message}`);
    console.log(`${name} (${kind}):\n${messages.join("\n")}`);
  }
}

for (const folder of ["bundles", "examples", "src/cli/new"]) {
  for (const path of files(join(root, folder), ".yaml")) {
    const name = relative(root, path).replaceAll("\\", "/");
    if (wrongOnPurpose.some((skipped) => name.startsWith(`${skipped}/`))) {
      continue;
    }
    // The files of a new workspace have places to be filled in.
    const text = readFileSync(path, "utf8").replaceAll(/\{\{\w+\}\}/g, "example");
    const value = parse(text);
    const kind = Object.keys(kinds).find((key) => value !== null && Object.hasOwn(value, key));
    check(path, kinds[kind], value);
  }
}
for (const out of process.argv.slice(2)) {
  for (const path of files(out, "plan.json")) {
    check(path, "plan", JSON.parse(readFileSync(path, "utf8")));
  }
}
console.log(`${checked} files, ${faults} with faults`);
process.exit(faults > 0 || checked === 0 ? 1 : 0);
