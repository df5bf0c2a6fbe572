import type { Knex } from 'knex'
import type { Role } from '../auth/actor.ts'

/** A member of the staff as the last login told; the name lies in the vault of profiles. */
export interface StaffAccount {
  readonly account: string
  readonly region: string
  readonly roles: readonly Role[]
  readonly department: string | null
  readonly division: string | null
}

type Row = Omit<StaffAccount, 'roles'> & { readonly roles: string }

export async function saveStaff(db: Knex, staff: StaffAccount, at: number): Promise<void> {
  await db('staff_account').insert({ ...staff, roles: JSON.stringify(staff.roles), seen_at: at }).onConflict('account').merge()
}

export async function findStaff(db: Knex, account: string): Promise<StaffAccount | null> {
  const row = await db<Row>('staff_account').where({ account }).first('account', 'region', 'roles', 'department', 'division')
  return row ? toStaff(row) : null
}

/** Who of a department has ever logged in, by account. */
export async function listStaff(db: Knex, region: string, department: string): Promise<StaffAccount[]> {
  const rows = await db<Row>('staff_account').where({ region, department }).orderBy('account')
    .select('account', 'region', 'roles', 'department', 'division')
  return rows.map(toStaff)
}

/** Every clerk of a region who has ever logged in, by account. */
export async function listClerks(db: Knex, region: string): Promise<StaffAccount[]> {
  const rows = await db<Row>('staff_account').where({ region }).whereNotNull('department').orderBy('account')
    .select('account', 'region', 'roles', 'department', 'division')
  return rows.map(toStaff).filter(({ roles }) => roles.includes('clerk'))
}

/** The groups of a region that somebody who has logged in belongs to, as the identity server tells. */
export async function listGroups(db: Knex, region: string): Promise<string[]> {
  const groups: (string | null)[] = await db<Row>('staff_account').where({ region }).distinct().orderBy('department').pluck('department')
  return groups.filter(group => group !== null)
}

function toStaff({ roles, ...row }: Row): StaffAccount {
  return { ...row, roles: JSON.parse(roles) as Role[] }
}
