// Rules for the addons' JavaScript (native modules for Odoo's web client).
const browser = [
    "window", "document", "navigator", "location", "console", "URL", "URLSearchParams", "fetch",
    "setTimeout", "clearTimeout", "setInterval", "clearInterval", "requestAnimationFrame",
    "cancelAnimationFrame", "localStorage", "sessionStorage", "CustomEvent", "Event", "KeyboardEvent",
    "MouseEvent", "ResizeObserver", "IntersectionObserver", "MutationObserver", "File", "FileReader",
    "Blob", "FormData", "Intl", "Image", "HTMLElement", "Node", "getComputedStyle", "devicePixelRatio",
    "Chart", "luxon", "odoo",
];

export default [
    { ignores: ["**/static/lib/**", "docs/**"] },
    {
        files: ["**/*.js", "**/*.mjs"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: Object.fromEntries(browser.map((name) => [name, "readonly"])),
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "constructor-super": "error",
            curly: "error",
            eqeqeq: "error",
            "getter-return": "error",
            "max-lines": ["error", 400],
            "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
            "no-alert": "error",
            "no-case-declarations": "error",
            "no-console": "error",
            "no-const-assign": "error",
            "no-debugger": "error",
            "no-dupe-args": "error",
            "no-dupe-class-members": "error",
            "no-dupe-keys": "error",
            "no-empty": "error",
            "no-eval": "error",
            "no-fallthrough": "error",
            "no-implied-eval": "error",
            "no-redeclare": "error",
            "no-restricted-globals": ["error", "event", "self", "name"],
            "no-self-assign": "error",
            "no-this-before-super": "error",
            "no-undef": "error",
            "no-unreachable": "error",
            "no-unused-vars": ["error", { args: "none" }],
            "no-useless-escape": "error",
            "no-var": "error",
            "prefer-const": "error",
            "use-isnan": "error",
            "valid-typeof": "error",
        },
    },
    {
        // Tours are one long list of steps, test suites one long function.
        files: ["**/static/tests/**"],
        rules: { "max-lines-per-function": "off" },
    },
];
