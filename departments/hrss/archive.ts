import { checkPerson } from '../common/person-check.ts'
import type { Kind } from '../common/types.ts'
import type { People } from '../people/index.ts'

/** A step of moving a personal file: each issues a paper with a number of its own, e.g. DA2026-000001. */
export function archiveKind(resultName: string, letters: string): Kind {
  return {
    async handle(work) {
      checkPerson(work.fields)
      const year = work.today.slice(0, 4)
      const sequence = await work.next(`${letters}${year}`)
      return { result: { [resultName]: `${letters}${year}-${String(sequence).padStart(6, '0')}` } }
    }
  }
}

/** The letter that asks for a file; the unit that holds the file may refuse to let it go. */
export function transferLetterKind(people: People): Kind {
  const letter = archiveKind('letterNumber', 'DH')
  return {
    handle(work) {
      const { idNumber } = checkPerson(work.fields)
      const isHeld = people.byIdNumber(idNumber)?.records.isArchiveHeld
      return isHeld ? { reasons: [{ code: 'ARCHIVE_NOT_RELEASED', message: '档案原存放单位未同意转出。' }] } : letter.handle(work)
    }
  }
}
