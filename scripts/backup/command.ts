import { readConfig } from '../../core/config.ts'
import type { Config } from '../../core/config.ts'
import { AppError } from '../../core/errors.ts'
import { readSecret } from '../system/secrets.ts'
import { Refusal } from './refusal.ts'

/** Does one command with the configuration of the environment; what a person has to mend is said plainly and ends with 1. */
export async function command(work: (config: Config) => Promise<void>): Promise<void> {
  try {
    const ofEngine = process.env.ENGINE_DB_URL?.startsWith('jdbc:postgresql:') ? ['ENGINE_DB_PASSWORD' as const] : []
    await work(readConfig(process.env, readSecret, ['BACKUP_KEY', ...ofEngine]))
  } catch (error) {
    if (error instanceof Refusal) console.error(error.message)
    else if (error instanceof AppError) console.error(error.detail)
    else throw error
    process.exitCode = 1
  }
}
