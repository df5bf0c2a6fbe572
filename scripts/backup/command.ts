import { readConfig } from '../../core/config.ts'
import type { Config, SecretName } from '../../core/config.ts'
import { AppError } from '../../core/errors.ts'
import { readSecret } from '../system/secrets.ts'
import { Refusal } from './refusal.ts'

const SECRETS: readonly SecretName[] = ['BACKUP_KEY', 'ENGINE_DB_PASSWORD']

/** Does one command with the configuration of the environment; what a person has to mend is said plainly and ends with 1. */
export async function command(work: (config: Config) => Promise<void>): Promise<void> {
  try {
    const hasEngine = process.env.ENGINE_DB_URL?.startsWith('jdbc:postgresql:')
    await work(readConfig(process.env, readSecret, SECRETS.filter(name => hasEngine || name !== 'ENGINE_DB_PASSWORD')))
  } catch (error) {
    if (error instanceof Refusal) console.error(error.message)
    else if (error instanceof AppError) console.error(error.detail)
    else throw error
    process.exitCode = 1
  }
}
