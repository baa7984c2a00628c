// How the UI is built and tested: two windows (main, reveal), one stylesheet engine, no remote asset.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The app is loaded from the binary, so addresses must be relative.
  base: "./",
  plugins: [react()],
  resolve: { alias: { "@": "/src" } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      input: { index: "index.html", reveal: "reveal.html" },
      output: {
        manualChunks(id: string) {
          if (!id.includes("node_modules")) return undefined;
          // The charts come with the page that shows them.
          if (/react-charts|\/d3-|chart-web|chart-utilities|internmap|delaunator/.test(id)) return undefined;
          if (/@fluentui\/react-icons/.test(id)) return "icons";
          if (/@fluentui|@griffel|tabster|keyborg|@floating-ui/.test(id)) return "fluent";
          return "base";
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 180_000,
    // Importing Fluent costs seconds per isolated file.
    isolate: false,
    fileParallelism: false,
    pool: "threads",
  },
});
