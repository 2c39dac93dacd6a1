// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that nobody who uses kalimat has to fetch or build what measures it.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS("26.0")],
  dependencies: [.package(name: "kalimat", path: "..")],
  targets: [
    .executableTarget(name: "Readers", dependencies: [.product(name: "Kalimat", package: "kalimat")])
  ]
)
