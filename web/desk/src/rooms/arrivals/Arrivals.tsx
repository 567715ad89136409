export default function Arrivals() {
  return null
}
