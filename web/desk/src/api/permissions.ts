import { ask } from './client'

interface Titled {
  zh: string
  en: string
}
interface Role extends Titled {
  id: string
  need_zh: string
  need_en: string
  /** Whether an administrator may give it. */
  appointed: boolean
  /** How far each action reaches. */
  rights: Record<string, { scope: string }>
}
interface Table {
  roles: Role[]
  purposes: Record<string, Titled>
  field_classes: Record<string, Titled>
}

let asked: Promise<Table> | null = null

/** Roles, purposes and classes of fields with their titles. They change with the software alone: asked for once. */
export function permissions(_signal?: AbortSignal): Promise<Table> {
  asked ??= ask<Table>('/permissions').catch((error) => {
    asked = null
    throw error
  })
  return asked
}
