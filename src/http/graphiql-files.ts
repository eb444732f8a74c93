import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** `graphiql/dist`: dist/src/main.js and src/http lie at different depths of the package. */
const folders = ['../graphiql/dist/', '../../graphiql/dist/'].map((path) => new URL(path, import.meta.url));

/** Accepts a file name without a folder. */
const fileName = /^[\w.-]+\.(\w+)$/;

const mediaTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  ttf: 'font/ttf',
};

/** The encodings of every compressed file, the smallest result first. */
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

export interface GraphiqlFile {
  readonly content: Buffer;
  readonly mediaType: string;
  /** Undefined: not compressed. */
  readonly encoding: string | undefined;
}

/** The files of GraphiQL's page that `npm run build` creates. Each request reads its file from the disk. */
export interface GraphiqlFiles {
  /** `index.html`. Undefined: GraphiQL was not built. */
  page(): Promise<string | undefined>;
  /** Undefined: there is no such file. */
  asset(name: string, acceptEncoding: string): Promise<GraphiqlFile | undefined>;
}

export function openGraphiqlFiles(): GraphiqlFiles {
  const folder = folders.find((each) => existsSync(new URL('index.html', each)));
  if (!folder) return { page: async () => undefined, asset: async () => undefined };
  const assets = new URL('assets/', folder);
  return {
    page: () => readFile(new URL('index.html', folder), 'utf8'),
    async asset(name, acceptEncoding) {
      const [, extension = ''] = fileName.exec(name) ?? [];
      const mediaType = mediaTypes[extension];
      if (mediaType === undefined) return undefined;
      const [encoding, suffix] =
        encodings.find(([coding]) => accepts(acceptEncoding, coding)) ?? ([undefined, ''] as const);
      const content = await readFile(new URL(name + suffix, assets)).catch(() => undefined);
      return content && { content, mediaType, encoding };
    },
  };
}

/** Whether an `Accept-Encoding` header names a coding, with a weight above 0. */
function accepts(header: string, coding: string): boolean {
  return header.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
    return name === coding && !parameters.some((each) => /^q=0(\.0*)?$/.test(each));
  });
}
