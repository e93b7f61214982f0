// Reads resources as a JSON list, and prints what is wrong with each. Values are looked at by the validators that come with
// the models; they pass over fields that nobody knows, so those are left to TypeScript, which refuses them in a literal.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));
const packages = {
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
  "cert-manager.io": "@kubernetes-models/cert-manager",
  "external-secrets.io": "@kubernetes-models/external-secrets",
};

function modelOf({ apiVersion, kind }) {
  const [group] = apiVersion.split("/");
  return packages[group] && `${packages[group]}/${apiVersion}/${kind}`;
}

async function faultsInValues(resource) {
  const model = modelOf(resource);
  if (!model) return [`nothing here knows the kind ${resource.apiVersion} ${resource.kind}`];
  const { [resource.kind]: Model } = await import(model);
  try {
    new Model(resource).validate();
    return [];
  } catch (fault) {
    return fault.message.split("\n");
  }
}

function unknownFields(resources) {
  const source = resources
    .map((resource, number) => {
      const type = `I${resource.kind}`;
      const literal = JSON.stringify(resource, null, 1);
      return `import { ${type} as T${number} } from "${modelOf(resource)}";\nexport const r${number}: T${number} = ${literal};\n`;
    })
    .join("");
  // Beside the packages, where imports find them.
  const folder = mkdtempSync(join(here, "node_modules", ".check-"));
  try {
    const file = join(folder, "resources.ts");
    writeFileSync(file, source);
    const options = {
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
    };
    return ts
      .getPreEmitDiagnostics(ts.createProgram([file], options))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const resources = JSON.parse(readFileSync(0, "utf8"));
const faults = [];
for (const resource of resources) {
  for (const fault of await faultsInValues(resource)) faults.push(`${resource.kind} ${resource.metadata.name}: ${fault}`);
}
const known = resources.filter(modelOf);
faults.push(...unknownFields(known));
for (const fault of faults) console.log(fault);
process.exitCode = faults.length ? 1 : 0;
