import { api } from '../api/client'
import { type Resource, useResource } from '../api/resource'
import type { Boundaries } from '../api/types'
import { place } from '../forms/place'

/** The outlines below an area; where none are held there, its own. */
export function useOutline(area: string): Resource<Boundaries> {
  return useResource(`outline|${area}`, async (signal) => {
    const below = await api.boundaries(area, signal)
    const { parent } = below.features.length ? { parent: null } : await place(area)
    if (!parent) return below
    const around = await api.boundaries(parent, signal)
    return { ...around, features: around.features.filter((one) => one.properties.code === area) }
  })
}
