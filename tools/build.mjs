// Bundles the libraries, fonts and icons that the pages use into one folder that git ignores.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const packages = join(root, "node_modules");
const out = join(root, "holdspace/cellar/ui/static/ui/libraries");

// One file of script for each: its name, and the module that makes it.
const libraries = {
  "htmx.js": 'import htmx from "htmx.org"; globalThis.htmx = htmx;',
};

const fonts = [
  "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
  "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
  "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2",
];

// Tools that build the pages but are not part of them.
const notShipped = new Set(["esbuild"]);

async function bundle([name, contents]) {
  await build({
    stdin: { contents, resolveDir: root, sourcefile: name },
    outfile: join(out, name),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    logLevel: "warning",
  });
}

async function copyFonts() {
  await mkdir(join(out, "fonts"), { recursive: true });
  for (const font of fonts) {
    await copyFile(join(packages, font), join(out, "fonts", font.split("/").at(-1)));
  }
}

async function symbol(name) {
  const svg = await readFile(join(packages, "lucide-static/icons", `${name}.svg`), "utf8");
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s+/g, " ").trim()}</symbol>`;
}

async function drawSprite() {
  const list = await readFile(join(root, "tools/icons.txt"), "utf8");
  const symbols = await Promise.all(list.split("\n").filter(Boolean).map(symbol));
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
  await writeFile(join(out, "icons.svg"), sprite);
}

async function licence(name) {
  const folder = join(packages, name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} ships no licence text`);
  const text = await readFile(join(folder, file), "utf8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

async function collectLicences() {
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const shipped = Object.keys(devDependencies).filter((name) => !notShipped.has(name));
  const texts = await Promise.all(shipped.map(licence));
  await writeFile(join(out, "licences.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([...Object.entries(libraries).map(bundle), copyFonts(), drawSprite(), collectLicences()]);
