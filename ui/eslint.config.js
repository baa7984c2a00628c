// Lint rules, among them the UI's own: who may import whom, no literal text in markup, one place that names Tauri.
import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

const featureFolders = readdirSync(new URL("./src/features", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const tauri = {
  group: ["@tauri-apps/*"],
  message: "Only shared/ipc talks to the host.",
};
const upFromFeature = {
  regex: "^(@/app|@/main|@/reveal|(\\.\\./)+app)(/|$)",
  message: "A feature never knows the app around it.",
};
const upFromShared = {
  regex: "^(@/(app|features)|(\\.\\./)+(app|features))(/|$)",
  message: "shared knows neither features nor app.",
};
const domainWords = {
  regex: "shared/ipc(/|$)|^\\.\\./ipc(/|$)",
  message: "shared/ui knows no domain words.",
};

const noOtherFeature = (own) => ({
  regex: `^(@/features|(\\.\\./)+features)/(?!${own}(/|$))`,
  message: "A feature never imports another feature.",
});

/** Words in markup must come from the text files: letters in JSX text, or in attributes that a person reads. */
const literalText = [
  {
    selector: "JSXText[value=/\\p{L}/u]",
    message: "Text on screen comes from the text files.",
  },
  {
    selector:
      "JSXAttribute[name.name=/^(aria-label|aria-description|aria-roledescription|title|label|placeholder|alt|hint|caption|heading|message|description|error)$/] > Literal[value=/\\p{L}/u]",
    message: "Text on screen comes from the text files.",
  },
  {
    selector: "MemberExpression[property.name='dangerouslySetInnerHTML'], JSXAttribute[name.name='dangerouslySetInnerHTML']",
    message: "Text from outside is shown as text, never as markup.",
  },
];

export default tseslint.config(
  { ignores: ["dist/**", "dist-fake/**", "node_modules/**", "e2e/**", "src/shared/ipc/bindings.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "no-restricted-syntax": ["error", ...literalText],
      "no-restricted-imports": ["error", { patterns: [tauri] }],
      "max-lines": ["error", { max: 600 }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  { files: ["src/shared/**/*.{ts,tsx}"], rules: { "no-restricted-imports": ["error", { patterns: [tauri, upFromShared] }] } },
  {
    files: ["src/shared/ui/**/*.{ts,tsx}"],
    rules: { "no-restricted-imports": ["error", { patterns: [tauri, upFromShared, domainWords] }] },
  },
  { files: ["src/shared/ipc/**/*.ts"], rules: { "no-restricted-imports": ["error", { patterns: [upFromShared] }] } },
  ...featureFolders.map((own) => ({
    files: [`src/features/${own}/**/*.{ts,tsx}`],
    rules: { "no-restricted-imports": ["error", { patterns: [tauri, upFromFeature, noOtherFeature(own)] }] },
  })),
  {
    // Tests build a whole app around the thing they test, and write text as a person would read it.
    files: ["src/**/*.test.{ts,tsx}", "src/test/**"],
    rules: { "no-restricted-imports": "off", "no-restricted-syntax": "off" },
  },
  { files: ["scripts/*.js", "eslint.config.js"], languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } }, rules: { "no-console": "off" } },
);
