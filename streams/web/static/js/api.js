// The JSON API of this server, and what it says when it cannot answer.

const BASE = "/api/v1";

/** What the server refused or could not do; `status` is 0 when it did not answer at all. */
export class ApiError extends Error {
  constructor(status, message, parameter) {
    super(message);
    this.status = status;
    this.parameter = parameter;
  }
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(BASE + path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "The server does not answer.");
  }
  const said = await response.json().catch(() => ({}));
  if (response.ok) return said;
  const { message, parameter } = said.error ?? {};
  throw new ApiError(response.status, message ?? `The server answered ${response.status}.`, parameter);
}

/** Read from the API; `query` is a URLSearchParams or nothing. Raises ApiError. */
export const get = (path, query, signal) => ask(query?.size ? `${path}?${query}` : path, { signal });

/** Send a text or an object to the API, with the token where one is given. Raises ApiError. */
export function post(path, body, { token, signal } = {}) {
  const text = typeof body === "string";
  const headers = { "Content-Type": text ? "application/yaml" : "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  return ask(path, { method: "POST", body: text ? body : JSON.stringify(body), headers, signal });
}

let facets;

/** What the filters can be set to; asked for once. */
export function getFacets() {
  facets ??= get("/facets").catch((error) => {
    facets = undefined;
    throw error;
  });
  return facets;
}

export const streamAddress = (query) => `${BASE}/stream${query ? `?${query}` : ""}`;
