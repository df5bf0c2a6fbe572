/** Whether a call was refused because nobody is logged in any more: to try again is of no use, to log in is. */
export function isLoggedOut(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401
}
