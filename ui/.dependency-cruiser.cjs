/** Who may know whom inside the window. @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "features-apart",
      comment: "A feature never imports another: what two need goes to components/ or lib/.",
      severity: "error",
      from: { path: "^src/features/([^/]+)/" },
      to: { path: "^src/features/", pathNot: "^src/features/$1/" },
    },
    {
      name: "parts-know-no-feature",
      severity: "error",
      from: { path: "^src/(components|lib|ipc)/" },
      to: { path: "^src/(features|app|dev)/" },
    },
    {
      name: "lib-is-the-bottom",
      comment: "lib/ may know the wire's types, nothing else of ours.",
      severity: "error",
      from: { path: "^src/lib/" },
      to: { path: "^src/(components|ipc)/", pathNot: "^src/ipc/generated/types" },
    },
    {
      name: "parts-know-no-host",
      severity: "error",
      from: { path: "^src/components/" },
      to: { path: "^src/ipc/", pathNot: "^src/ipc/generated/types" },
    },
    {
      name: "one-door",
      comment: "Only ipc/tauri.ts talks to Tauri.",
      severity: "error",
      from: { pathNot: "^src/ipc/" },
      to: { path: "@tauri-apps/" },
    },
    {
      name: "router-alone-gathers",
      comment: "Of app/, only the router knows features.",
      severity: "error",
      from: { path: "^src/app/", pathNot: "^src/app/router[.]ts$" },
      to: { path: "^src/features/" },
    },
    {
      name: "no-dev-in-product",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(dev/|app/router[.]ts$)" },
      to: { path: "^src/dev/" },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "[.]woff2$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "[.]css$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
