const asked = new Map<string, Promise<Response>>()

/**
 * Asks the interface for something before the scripts that will need it have come: over a slow network both travel side by side.
 * `follow` may ask for what the answer leads to; it is called before anybody else gets the answer.
 */
export function askEarly<T>(path: string, follow?: (body: T) => void): void {
  const url = new URL(`/api/v1/${path}`, location.origin).href
  const answer = fetch(url).then(async response => {
    if (follow && response.ok) follow(await response.clone().json() as T)
    return response
  })
  answer.catch(() => undefined) // Whoever needs it is told, and asks again.
  asked.set(url, answer)
}

/** `fetch`, for what was asked for early its answer; each is given once. */
export function fetchOrTake(request: Request): Promise<Response> {
  const answer = request.method === 'GET' ? asked.get(request.url) : undefined
  asked.delete(request.url)
  return answer ?? fetch(request)
}
