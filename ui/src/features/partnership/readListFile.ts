// A list in a file: UTF-8, or what German spreadsheets still write.

/** More than any list of resellers; a larger file was chosen by mistake. */
const MOST_BYTES = 2_000_000;

/** The text of a file; nothing when it is no text or far too large. */
export async function readListFile(file: File): Promise<string | undefined> {
  if (file.size > MOST_BYTES) return undefined;
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return undefined;
  }
  return decodeList(new Uint8Array(bytes));
}

/** UTF-16 by its mark, else UTF-8, else Windows-1252; a zero byte in it means that it is no text. */
export function decodeList(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : undefined;
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
