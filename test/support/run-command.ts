import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs a command of the repository as a process: its exit code and what it said, on the output and then as an error. */
export async function runCommand(file: string, args: readonly string[]): Promise<[number, string, string]> {
  return promisify(execFile)(file, args).then(
    ({ stdout, stderr }) => [0, stdout, stderr],
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => [code, stdout, stderr])
}
