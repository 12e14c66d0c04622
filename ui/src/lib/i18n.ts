import i18next from "i18next";
import { initReactI18next } from "react-i18next";

// One file per feature and part; the file name is the namespace. English only for now.
const files = import.meta.glob<Record<string, unknown>>("../locales/en/*.json", {
  eager: true,
  import: "default",
});

const namespaces = Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/|\.json$/g, ""), texts]),
);

void i18next.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: namespaces },
  defaultNS: "common",
  ns: Object.keys(namespaces),
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
});

export { i18next };
