// swift-tools-version: 6.3
import PackageDescription

/// Every Swift target of ours lives under the same laws (house.md, "Style").
let laws: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
]
let cLaws: [CSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "kalimat",
  platforms: [.macOS("26.0")],
  products: [
    .executable(name: "kalimat", targets: ["KalimatCLI"]),
    .library(name: "Kalimat", targets: ["Kalimat"]),
    .library(name: "Segmentation", targets: ["Segmentation"]),
    .library(name: "Alignment", targets: ["Alignment"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // One C target a library, each behind a small opaque header of ours.
    .target(
      name: "CICU", cSettings: cLaws,
      linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc"), .linkedLibrary("icudata")]),
    .target(name: "CZlib", cSettings: cLaws, linkerSettings: [.linkedLibrary("z")]),
    .target(name: "CDeflate", cSettings: cLaws, linkerSettings: [.linkedLibrary("deflate")]),
    .target(name: "CZstd", cSettings: cLaws, linkerSettings: [.linkedLibrary("zstd")]),
    .target(name: "COpenSSL", cSettings: cLaws, linkerSettings: [.linkedLibrary("crypto")]),
    .target(name: "CExpat", cSettings: cLaws, linkerSettings: [.linkedLibrary("expat")]),
    .target(name: "CCLD2", linkerSettings: [.linkedLibrary("cld2")]),
    .target(name: "CSystem", cSettings: cLaws),
    .target(name: "CKernels", cSettings: cLaws),
    // The texts of Segmentation and Leftovers, Languages/ and Model/ of each, built in.
    .target(name: "CEmbedded", cSettings: cLaws),

    .target(name: "ICU", dependencies: ["CICU"], swiftSettings: laws),
    .target(
      name: "Segmentation", dependencies: ["ICU", "CKernels", "CEmbedded"], exclude: ["Languages", "Model"],
      swiftSettings: laws),
    // Makes Model/boundaries.weights (`make train`); no product of the package.
    .executableTarget(name: "SegmentationTrainer", dependencies: ["Segmentation"], swiftSettings: laws),
    .target(
      name: "Leftovers", dependencies: ["ICU", "Segmentation", "CKernels"], exclude: ["Languages", "Model"],
      swiftSettings: laws),
    // Makes Model/pages.weights (`make train`); no product of the package.
    .executableTarget(name: "LeftoverTrainer", dependencies: ["Leftovers", "Segmentation"], swiftSettings: laws),
    .target(name: "Alignment", dependencies: ["ICU"], swiftSettings: laws),
    .target(
      name: "Kalimat",
      dependencies: [
        "ICU", "Segmentation", "Leftovers", "Alignment", "CZlib", "CDeflate", "CZstd", "COpenSSL", "CExpat", "CCLD2",
        "CSystem", "CKernels",
      ],
      swiftSettings: laws),
    .executableTarget(
      name: "KalimatCLI",
      dependencies: ["Kalimat", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: laws),

    .testTarget(name: "CKernelsTests", dependencies: ["CKernels", "COpenSSL"], swiftSettings: laws),
    .testTarget(name: "ICUTests", dependencies: ["ICU"], swiftSettings: laws),
    .testTarget(name: "SegmentationTests", dependencies: ["Segmentation", "ICU"], swiftSettings: laws),
    .testTarget(name: "LeftoversTests", dependencies: ["Leftovers", "Segmentation", "CKernels"], swiftSettings: laws),
    .testTarget(name: "AlignmentTests", dependencies: ["Alignment"], swiftSettings: laws),
    .testTarget(name: "KalimatTests", dependencies: ["Kalimat", "Segmentation"], swiftSettings: laws),
    .testTarget(name: "Commands", swiftSettings: laws),
    .testTarget(name: "Architecture", swiftSettings: laws),
  ],
  cxxLanguageStandard: .cxx17
)
