import { expect } from 'chai'
import { ApiError } from '../../../../web/src/shared/api.ts'
import { EditedTable } from '../../../../web/src/studio/tables/edited-table.ts'

const ID = 'a-draft'

describe('a decision table that is being edited', () => {
  const stored = new Map<string, string>()
  const known = Object.getOwnPropertyDescriptor(globalThis, 'localStorage')
  before(() => {
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      value: {
        getItem: (key: string) => stored.get(key) ?? null,
        setItem: (key: string, value: string) => void stored.set(key, value),
        removeItem: (key: string) => void stored.delete(key)
      }
    })
  })
  after(() => {
    if (known) Object.defineProperty(globalThis, 'localStorage', known)
    else Reflect.deleteProperty(globalThis, 'localStorage')
  })
  beforeEach(() => stored.clear())

  /** A server that holds version `held.version` and refuses what was made from another. */
  const world = () => {
    const held = { xml: 'old', version: 3 }
    const table = new EditedTable({
      id: ID,
      send: async ({ xml, version }) => {
        if (version !== held.version) throw new ApiError(409, { code: 'VERSION_CONFLICT', detail: '别人保存过' })
        return Object.assign(held, { xml, version: version + 1 })
      }
    }, { ...held, isUnsaved: false, isKept: false, round: 0 })
    return { held, table }
  }

  it('is kept by the browser until it is saved', async () => {
    const { held, table } = world()
    table.change('new')
    expect(table.saver.state.kind).to.equal('changed')
    await Promise.resolve()
    expect(stored.size).to.equal(1)
    await table.saver.save()
    expect(held).to.deep.equal({ xml: 'new', version: 4 })
    expect([table.saver.state.kind, stored.size]).to.deep.equal(['saved', 0])
  })

  it('can go over what somebody else saved meanwhile', async () => {
    const { held, table } = world()
    Object.assign(held, { xml: 'theirs', version: 4 })
    table.change('mine')
    await table.saver.save()
    expect([table.saver.state.kind, held.xml, stored.size]).to.deep.equal(['conflict', 'theirs', 1])
    await table.saver.overwrite(4)
    expect(held).to.deep.equal({ xml: 'mine', version: 5 })
  })

  it('is not saved once it was given up', async () => {
    const { held, table } = world()
    table.change('new')
    await Promise.resolve()
    table.saver.giveUp()
    await table.saver.save()
    expect([held.xml, stored.size]).to.deep.equal(['old', 0])
  })
})
