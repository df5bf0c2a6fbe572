import type { ServerContext } from '../../context.ts'
import type { WindowIntake } from '../../db/window-intakes.ts'

/** Who saw a fingerprint being given; null where nobody had to. */
export function witnessOf(
  { crypto }: Pick<ServerContext, 'crypto'>, { application_id, witness_enc }: Pick<WindowIntake, 'application_id' | 'witness_enc'>
): string | null {
  return witness_enc === null ? null : crypto.decrypt('window_intake', 'witness_enc', application_id, witness_enc)
}
