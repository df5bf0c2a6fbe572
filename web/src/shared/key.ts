/** A new `Idempotency-Key`; unlike `crypto.randomUUID` it works on a page without https, too. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}
