import type { UploadFile } from '@planwright/client';

const PREVIEW_BYTES = 262_144;
const TEXT_FILE = /\.(csv|tsv|txt)$/i;
const MAPPING_FILE = /\.ya?ml$/i;

/** What was chosen for an import: the files by their path in the folder, and the mapping, where one is among them. */
export type ChosenFiles = {
  readonly files: readonly UploadFile[];
  readonly mapping: string | null;
  readonly bytes: number;
};

/** Sorts what a file field holds. A folder's own name is not part of the paths in it. */
export async function chosenFiles(list: readonly File[]): Promise<ChosenFiles> {
  const mappingFile = list.find((file) => MAPPING_FILE.test(file.name));
  const files = list
    .filter((file) => !MAPPING_FILE.test(file.name) && !file.name.startsWith('.'))
    .map((file) => ({
      name: file.webkitRelativePath.split('/').slice(1).join('/') || file.name,
      content: file,
    }));
  return {
    files,
    mapping: mappingFile === undefined ? null : await mappingFile.text(),
    bytes: files.reduce((sum, { content }) => sum + content.size, 0),
  };
}

/** The beginnings of text files are enough for a first look; other formats must be whole. */
export function beginningsOf(files: readonly UploadFile[]): UploadFile[] {
  return files.map(({ name, content }) => ({
    name,
    content: TEXT_FILE.test(name) ? content.slice(0, PREVIEW_BYTES) : content,
  }));
}
