import { expect } from 'chai'
import { readContract } from '../../departments/common/contract.ts'
import type { Department } from '../../departments/common/run-department.ts'
import { dataSharingDepartment } from '../../departments/data-sharing/app.ts'
import { hrssDepartment } from '../../departments/hrss/app.ts'
import { medicalDepartment } from '../../departments/medical/app.ts'
import { messageDepartment } from '../../departments/message/app.ts'
import { readPeople } from '../../departments/people/index.ts'
import { platformDepartment } from '../../departments/platform/app.ts'
import { postDepartment } from '../../departments/post/app.ts'
import { taxDepartment } from '../../departments/tax/app.ts'

const people = readPeople()
const departments: Department[] = [
  hrssDepartment(people), medicalDepartment(people), taxDepartment(people), dataSharingDepartment(people, async () => []), postDepartment(),
  messageDepartment(), platformDepartment({ publicUrl: 'http://localhost', issuer: () => 'http://localhost', clientSecret: 's', callbackSecret: 's' })
]

describe('the contracts of the departments', () => {
  for (const { name, folder, kinds } of departments) {
    const contract = readContract(folder) as { openapi: string; info: { title: string }; paths: Record<string, unknown> }

    it(`${name}: names every kind that there is, and no other`, () => {
      const named = Object.keys(contract.paths).filter(path => path.startsWith('/v1/requests/')).map(path => path.slice(13))
      expect(named.filter(kind => kind !== '{requestId}').sort()).to.deep.equal(Object.keys(kinds).sort())
    })

    it(`${name}: is OpenAPI 3.1, says that it is a stand-in, and refers to nothing that is not there`, () => {
      expect(contract.openapi).to.equal('3.1.0')
      expect(contract.info.title).to.include('模拟')
      const text = JSON.stringify(contract)
      for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
        const part = pointer!.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], contract)
        expect(part, pointer).to.not.equal(undefined)
      }
    })
  }

  it('have receipts of their own', () => {
    expect(new Set(departments.map(({ prefix }) => prefix)).size).to.equal(departments.length)
  })
})
