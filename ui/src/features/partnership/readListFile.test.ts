// Lists as spreadsheets save them.
import { describe, expect, it } from "vitest";
import { decodeList } from "./readListFile";

describe("a list in a file", () => {
  it.each([
    ["UTF-8", new TextEncoder().encode("Öl;ä")],
    ["Windows-1252", Uint8Array.of(0xd6, 0x6c, 0x3b, 0xe4)],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0xd6, 0, 0x6c, 0, 0x3b, 0, 0xe4, 0)],
  ])("is read from %s", (_name, bytes) => {
    expect(decodeList(bytes)).toBe("Öl;ä");
  });

  it("is no list when it is no text", () => {
    expect(decodeList(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toBeUndefined();
  });
});
