/** Names of countries, currencies and languages in the language of the window. */

const known = new Map<string, Intl.DisplayNames>();

function nameOf(type: "region" | "currency" | "language", code: string, language: string): string {
  const key = `${type} ${language}`;
  let names = known.get(key);
  if (!names) known.set(key, (names = new Intl.DisplayNames([language], { type })));
  try {
    return names.of(code) ?? code;
  } catch {
    // Not a code of this kind: an old book may hold anything.
    return code;
  }
}

export const countryName = (code: string, language: string) => (code === "" ? "" : nameOf("region", code, language));
export const currencyName = (code: string, language: string) => nameOf("currency", code, language);
export const localeName = (tag: string, language: string) => nameOf("language", tag, language);

export interface NamedCode {
  value: string;
  label: string;
  detail?: string;
}

/** Choices in the order of their names; a code that the list lacks is kept at the top. */
export function namedCodes(
  codes: readonly string[],
  name: (code: string, language: string) => string,
  language: string,
  keep: string,
): NamedCode[] {
  const collator = new Intl.Collator(language);
  const named = codes
    .map((code) => ({ value: code, label: name(code, language), detail: code }))
    .toSorted((a, b) => collator.compare(a.label, b.label));
  const missing = keep !== "" && !codes.includes(keep);
  return missing ? [{ value: keep, label: name(keep, language), detail: keep }, ...named] : named;
}

/** `Europe/Berlin` as people read it: `Berlin, Europe`. The code itself stays beside it. */
export function zoneName(zone: string): string {
  const parts = zone.replaceAll("_", " ").split("/");
  return parts.toReversed().join(", ");
}

/** Lines of an address as typed in one field. Lines left empty while typing are kept. */
export function linesOf(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}

const PROVIDERS: Record<string, string> = {
  ai21: "AI21",
  anthropic: "Anthropic",
  anyscale: "Anyscale",
  azure: "Azure",
  azure_ai: "Azure AI",
  baseten: "Baseten",
  bedrock: "Bedrock",
  bedrock_converse: "Bedrock Converse",
  cerebras: "Cerebras",
  cloudflare: "Cloudflare",
  cohere: "Cohere",
  dashscope: "DashScope",
  databricks: "Databricks",
  deepgram: "Deepgram",
  deepinfra: "DeepInfra",
  deepseek: "DeepSeek",
  elevenlabs: "ElevenLabs",
  fal_ai: "fal",
  fireworks_ai: "Fireworks AI",
  gemini: "Google Gemini",
  github_copilot: "GitHub Copilot",
  google: "Google",
  groq: "Groq",
  hyperbolic: "Hyperbolic",
  lambda_ai: "Lambda",
  meta: "Meta",
  minimax: "MiniMax",
  mistral: "Mistral",
  moonshot: "Moonshot",
  nebius: "Nebius",
  novita: "Novita",
  nscale: "Nscale",
  oci: "Oracle Cloud",
  ollama: "Ollama",
  openai: "OpenAI",
  openrouter: "OpenRouter",
  ovhcloud: "OVHcloud",
  perplexity: "Perplexity",
  replicate: "Replicate",
  runwayml: "Runway",
  sambanova: "SambaNova",
  scaleway: "Scaleway",
  snowflake: "Snowflake",
  stability: "Stability AI",
  together_ai: "Together AI",
  vercel_ai_gateway: "Vercel AI Gateway",
  vertex_ai: "Vertex AI",
  voyage: "Voyage",
  watsonx: "watsonx",
  xai: "xAI",
  zai: "Z.ai",
};

/** The provider as it writes itself, where we know. */
export function providerName(provider: string): string {
  return PROVIDERS[provider] ?? provider.replaceAll("_", " ");
}
