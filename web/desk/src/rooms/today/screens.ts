import type { Open } from '../../doors'

/** What each role works with most, in its order. */
const SCREENS: Record<string, Open[]> = {
  grid_worker: ['coverage', 'tasks', 'people'],
  checkpoint_staff: ['gates', 'tasks', 'people'],
  clinic_doctor: ['gates', 'cases', 'samples'],
  epidemiologist: ['cases', 'transmission', 'contacts'],
  county_duty_officer: ['situation', 'coverage', 'warning'],
  duty_officer: ['situation', 'warning', 'figures'],
  logistics_officer: ['supplies', 'sharing', 'production'],
  volunteer_coordinator: ['errands', 'tasks', 'people'],
  inspector: ['gates', 'coverage', 'stations'],
  station_staff: ['stations', 'tasks', 'needs'],
  laboratory: ['samples', 'people'],
  responding_department: ['gates', 'tasks', 'plans'],
  counsellor: ['needs', 'tasks', 'people'],
}

export function screensOf(role: string): Open[] {
  return SCREENS[role] ?? []
}
