import type { Import } from './import-graph.ts';

/** A ring of the architecture: which files it has, and what these may import. */
interface Ring {
  readonly name: string;
  readonly files: RegExp;
  /** Files of the project that it may import. */
  readonly mayImport: readonly RegExp[];
  /** Packages that it may import; Node's own start with `node:`. */
  readonly packages: readonly RegExp[];
}

const domain = /^electron\/domain\//;
const contract = /^electron\/contract\//;
const words = /^electron\/words\//;
const station = /^electron\/station\//;
/** Ports, and those that only one feature needs. */
const ports = /^electron\/station\/(ports\/|features\/[^/]+\/[^/]+\.port\.ts$)/;
const native = /^native\//;
const node = /^node:/;
const any = /.*/;

/** DESIGN section 2, as data. The first ring that matches a file is its ring. */
const rings: readonly Ring[] = [
  { name: 'domain', files: domain, mayImport: [domain], packages: [/^xstate$/] },
  { name: 'contract', files: contract, mayImport: [domain, contract], packages: [/^zod$/] },
  { name: 'words', files: words, mayImport: [domain, contract, words], packages: [/^i18next$/, /^zod$/] },
  { name: 'station', files: station, mayImport: [domain, contract, words, station], packages: [/^xstate$/, /^zod$/] },
  {
    name: 'sqlite',
    files: /^native\/sqlite\//,
    mayImport: [domain, contract, ports, native],
    packages: [node, /^better-sqlite3$/, /^zod$/],
  },
  {
    name: 'native',
    files: native,
    mayImport: [domain, contract, ports, native, /^resources\/demo\/community\//],
    packages: [node, /^(zod|ws|fastify|@fastify\/static|node-onvif|fast-xml-parser|pino)$/],
  },
  {
    name: 'shell',
    files: /^electron\/shell\//,
    mayImport: [
      contract,
      /^electron\/domain\/kernel\//,
      /^electron\/(shell\/|supervisor|station-channel|start-options|failure-text|busy-text)/,
      /^native\/(os|kit)\//,
    ],
    packages: [node, /^electron$/],
  },
  {
    name: 'composition',
    files: /^electron\/[^/]+\.ts$/,
    mayImport: [domain, contract, words, station, native, /^electron\/[^/]+\.ts$/],
    packages: [node],
  },
  {
    name: 'renderer',
    files: /^renderer\//,
    mayImport: [domain, contract, words, /^renderer\//],
    packages: [/^(react|react-dom|i18next|react-i18next|zod|@fontsource-variable\/noto-sans-sc)$/],
  },
  {
    name: 'resources',
    files: /^resources\//,
    mayImport: [
      /^resources\//,
      domain,
      contract,
      /^electron\/station\/features\.ts$/,
      /^native\/(ffmpeg\/|os\/stop-wish\.ts$)/,
      /^tests\/support\/chromium\.ts$/,
    ],
    packages: [any],
  },
];

/** Why an import is not allowed, or `null`. */
export const violationOf = (entry: Import): string | null => {
  const ring = rings.find((candidate) => candidate.files.test(entry.from));
  if (ring === undefined) return `${entry.from} is in no ring`;
  const isProject = /^(electron|native|renderer|resources|tests)\//.test(entry.target);
  const allowed = (isProject ? ring.mayImport : ring.packages).some((pattern) => pattern.test(entry.target));
  return allowed ? null : `${ring.name}: ${entry.from} must not import ${entry.target}`;
};
