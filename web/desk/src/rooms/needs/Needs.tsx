export default function Needs() {
  return null
}
