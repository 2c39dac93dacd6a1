internal import ArgumentParser

@main
struct Kalimat: ParsableCommand {
}
