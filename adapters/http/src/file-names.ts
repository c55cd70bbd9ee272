const SEGMENT_BYTES_MAX = 255;
const NAME_BYTES_MAX = 1024;

// Control characters, and those that make a name read other than it is stored.
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * The relative path of an uploaded file inside its folder, with `/` between segments; undefined where the
 * given name leads out of the folder, is absolute, or could not be written as it reads.
 */
export function safeRelativePath(given: string): string | undefined {
  const name = given.normalize('NFC').replaceAll('\\', '/');
  if (UNSAFE.test(name) || name.startsWith('/') || /^[a-z]:/i.test(name)) return undefined;
  if (Buffer.byteLength(name) > NAME_BYTES_MAX) return undefined;
  const segments = name.split('/');
  const isSound = (segment: string) =>
    segment !== '' &&
    segment !== '.' &&
    segment !== '..' &&
    segment === segment.trim() &&
    Buffer.byteLength(segment) <= SEGMENT_BYTES_MAX;
  return segments.every(isSound) ? segments.join('/') : undefined;
}

/** The name of a download in a Content-Disposition header, plain and as RFC 5987 text. */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]+/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
