/** One line of a problem+json answer, as an exception for scripts and tests that expect success. */
export class ApiProblem extends Error {
  readonly status: number
  readonly body: Record<string, unknown>

  constructor(status: number, body: Record<string, unknown>, call: string) {
    super(`${call}: ${status} ${String(body.code ?? '')} ${String(body.detail ?? '')} ${JSON.stringify(body.fields ?? body.conflicts ?? '')}`)
    this.status = status
    this.body = body
  }
}

export interface Answer<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- callers name the shape that they read */
type Json = any

/** A client of the public interface for one signed-in person (or nobody): what a platform or a check would write. */
export class ApiClient {
  readonly baseUrl: string
  readonly cookie: string

  constructor(baseUrl: string, cookie = '') {
    this.baseUrl = baseUrl
    this.cookie = cookie
  }

  /** Sends a request and gives status, headers and the parsed body, whatever the status is. */
  async send<T = Json>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const isForm = body instanceof FormData
    const response = await fetch(`${this.baseUrl}/api/v1/${path}`, {
      method,
      headers: {
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...headers
      },
      body: body === undefined ? undefined : isForm ? body : typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual'
    })
    const text = await response.text()
    const isJson = (response.headers.get('content-type') ?? '').includes('json')
    return { status: response.status, headers: response.headers, body: (isJson && text ? JSON.parse(text) : text) as T }
  }

  /** @throws ApiProblem for anything but a 2xx */
  async call<T = Json>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    const answer = await this.send<T>(method, path, body, headers)
    if (answer.status >= 300) throw new ApiProblem(answer.status, answer.body as Record<string, unknown>, `${method} ${path}`)
    return answer.body
  }

  get<T = Json>(path: string): Promise<T> {
    return this.call<T>('GET', path)
  }

  post<T = Json>(path: string, body: unknown = {}, headers?: Record<string, string>): Promise<T> {
    return this.call<T>('POST', path, body, headers)
  }

  /** A draft of the given matters, filled by 信息预填; `change` may alter it before it is sent. */
  async draft(region: string, matters: string[], change: (draft: Json) => void = () => {}, channel = 'online'): Promise<string> {
    const prefill = await this.get(`regions/${region}/prefill?matters=${matters.join(',')}`)
    const draft = { region, channel, matters, common: prefill.common, items: prefill.items, agent: null }
    change(draft)
    return (await this.post('applications', draft)).id as string
  }

  /** Submits a draft with every notice confirmed. */
  submit(id: string, matters: string[]): Promise<{ id: string; number: string; status: string }> {
    return this.post(`applications/${id}/submit`, { confirmedNotices: matters, declarationAccepted: true, signature: null })
  }

  async apply(region: string, matters: string[], change?: (draft: Json) => void): Promise<{ id: string; number: string }> {
    return this.submit(await this.draft(region, matters, change), matters)
  }
}
