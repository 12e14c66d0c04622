fn main() -> std::process::ExitCode {
    ratebook_cli::run()
}
