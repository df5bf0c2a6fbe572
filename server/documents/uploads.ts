import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Request, RequestHandler } from 'express'
import multer from 'multer'
import { AppError } from '../../core/errors.ts'
import type { CryptoProvider } from '../crypto/crypto-provider.ts'

export const MAX_FILE_BYTES = 10 * 1024 * 1024
/** What is larger is refused before it is read; below, the rest is read away so that the sender sees our answer. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024

/** Settings of the uploader: one file, to a folder of its own, with a name of ours. */
export function uploadSettings(dataDir: string): multer.Options {
  const folder = join(dataDir, 'uploads', 'incoming')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    storage: multer.diskStorage({ destination: folder, filename: (_req, _file, done) => done(null, randomUUID()) }),
    limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 10, fieldSize: 1_000, fieldNameSize: 100, headerPairs: 50 }
  }
}

/** Refuses huge uploads unread and deletes what the uploader left behind once the request is answered, however it ends. */
export const tidyUploads: RequestHandler = (req, res, next) => {
  if (Number(req.headers['content-length'] ?? 0) > MAX_REQUEST_BYTES) {
    res.set('Connection', 'close')
    throw new AppError('FILE_TOO_LARGE')
  }
  res.on('close', () => {
    const files = Array.isArray(req.files) ? req.files : []
    for (const { path } of files) void rm(path, { force: true })
  })
  next()
}

/** Hash of the uploaded file's bytes, '' without one; with the form's fields it tells one upload from another. */
export async function fileDigest(req: Request): Promise<string> {
  const file = Array.isArray(req.files) ? req.files[0] : undefined
  return file ? createHash('sha256').update(await readFile(file.path)).digest('hex') : ''
}

/** The name a file had at the sender's: multer takes UTF-8 for Latin-1. Without folders, control characters and excess. */
export function originalName(name: string, extension: string): string {
  const text = Buffer.from(name, 'latin1').toString('utf8').normalize('NFC')
  const base = (text.split(/[/\\]/).at(-1) ?? '').replace(/[\u0000-\u001f\u007f"<>|?*:\u202a-\u202e\u2066-\u2069]/g, '')
  const stem = [...base.replace(/\.[^.]*$/, '')].slice(0, 80).join('')
  return `${stem || '材料'}.${extension}`
}

type Vault = Pick<CryptoProvider, 'encrypt' | 'decrypt'>

/** Writes a file's bytes encrypted; answers the name under which they are kept. */
export async function storeFile(crypto: Vault, dataDir: string, id: string, bytes: Buffer): Promise<string> {
  const name = randomUUID()
  const path = pathOf(dataDir, name)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, crypto.encrypt('material', 'file', id, bytes.toString('base64')), { flag: 'wx', mode: 0o600 })
  return name
}

/** Reads a file back. Throws AppError CIPHERTEXT_INVALID when it was changed on disk. */
export async function readStoredFile(crypto: Vault, dataDir: string, id: string, storedName: string): Promise<Buffer> {
  return Buffer.from(crypto.decrypt('material', 'file', id, await readFile(pathOf(dataDir, storedName), 'utf8')), 'base64')
}

export async function removeStoredFile(dataDir: string, storedName: string): Promise<void> {
  await rm(pathOf(dataDir, storedName), { force: true })
}

function pathOf(dataDir: string, name: string): string {
  return join(dataDir, 'uploads', name.slice(0, 2), name)
}
