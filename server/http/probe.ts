const PATIENCE = 2_000

/** Whether something answers with success at an address, within two seconds. Never throws. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
  await response?.body?.cancel()
  return response?.ok ?? false
}
