// swift-tools-version: 6.3
// A package of its own, so that nobody who uses kalimat fetches or builds what only measuring needs.
import PackageDescription

let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "kalimat", path: "..")],
  targets: [
    .target(
      name: "CUBRK", cSettings: [.treatAllWarnings(as: .error)],
      linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icudata")]),
    .executableTarget(
      name: "Boundaries", dependencies: ["CUBRK", .product(name: "Segmentation", package: "kalimat")],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
  ]
)
