import { readdirSync } from 'node:fs'
import type { Experiment } from './form.ts'

const folder = new URL('../experiments/', import.meta.url)

/** All experiments in the order of their files. */
export const EXPERIMENTS: readonly Experiment[] = await Promise.all(readdirSync(folder).sort()
  .map(async name => ((await import(new URL(name, folder).href)) as { experiment: Experiment }).experiment))
